/**
 * Channels over long polling, for clients that cannot use WebSocket: a connection made of
 * requests, each of which may reach any node. {@code LongPollRelay} forwards a request to
 * the node that has the session; {@code LongPollSession} keeps the messages until the
 * client asks for them, and the last answer until the client acknowledges it.
 *
 * <pre>
 * session  until                           a poll gets               a post gets
 * OPEN     closed by either side           messages, or 204 at the   200
 *                                          timeout or at a next poll
 * CLOSED   all messages are acknowledged,  messages, then 410        410
 *          or the session timeout
 * FAILED   as CLOSED; the last answer      messages, then 410        408 the one that
 *          is not repeated                                           failed, then 410
 * (gone)                                   a new session             410
 * </pre>
 */
@NullMarked
package io.clusterspring.channel.longpoll;

import org.jspecify.annotations.NullMarked;
