/**
 * Decides who is in a view when links are cut, and what may merge, so that each member of
 * a view reaches each other one. Its door is
 * {@link io.clusterspring.jgroups.view.ViewAgreement}, a protocol between those that
 * suspect members and the one that installs views. It sees no other room.
 *
 * <pre>
 * a member is suspected    REPORT to all: the links that are cut
 * reports agree, or 1 s    Exclusion decides who is out; GMS installs the view
 * the view is installed    VIEW to those who are out: they exclude this part as well
 * parts find each other    QUESTION to all members; they PROBE each other, wait for ECHOs
 *                          and send an ANSWER; MergeRound lets GMS merge what is connected
 * </pre>
 */
@NullMarked
package io.clusterspring.jgroups.view;

import org.jspecify.annotations.NullMarked;
