/**
 * Decides which processes may connect to a node, before the engine hears of them. Its
 * doors are {@link io.clusterspring.jgroups.guard.ConnectionSecurity} and
 * {@link io.clusterspring.jgroups.guard.ContactFailure}. It sees no other room.
 *
 * <pre>
 * opening end                            accepting end
 * connect                                accept: of too many, the oldest is given up
 * Preface    cookie? certificates?  {@literal <->}  Preface
 * TLS, if both ends have it         {@literal <->}  TLS, within a budget of handshakes
 * Handshake  nonce, address, proof  {@literal <->}  nonce, verdict, proof
 *                                        the engine takes the connection
 * </pre>
 */
@NullMarked
package io.clusterspring.jgroups.guard;

import org.jspecify.annotations.NullMarked;
