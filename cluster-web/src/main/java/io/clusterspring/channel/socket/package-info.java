/**
 * The life of one socket and its channels: a socket routes the messages of a client to
 * its channels; a channel is joined, handles messages, and ends. Sees the fan-out and the
 * limits; transports implement {@link io.clusterspring.channel.socket.SocketConnection}
 * and call {@link io.clusterspring.channel.socket.SocketSession}. Its door is
 * {@link io.clusterspring.channel.socket.Sockets}.
 *
 * <p>
 * The phases of a channel ({@code ChannelProcess}); all steps but the client's
 * disconnection run in the channel's mailbox:
 *
 * <pre>
 * phase    event                          client gets              then
 * Joining  the handler accepts            ok, then held pushes     Joined
 *          the handler refuses or fails   error                    Ended
 *          the handler returns a stage                             Waiting
 * Waiting  the stage completes                                     Joining
 *          the timeout                    error, "join timeout"    Ended
 *          the client disconnects                                  Ended
 * Joined   an event, a task, a broadcast  replies and pushes       Joined
 *          phx_leave                      ok, then phx_close       Ended
 *          close, or another join         phx_close                Ended
 *          the handler fails              phx_error                Ended
 *          the client disconnects                                  Ended
 * Ended    a message of the client        "unmatched topic"        Ended
 * </pre>
 */
@NullMarked
package io.clusterspring.channel.socket;

import org.jspecify.annotations.NullMarked;
