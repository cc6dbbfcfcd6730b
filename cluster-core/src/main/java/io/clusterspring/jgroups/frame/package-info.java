/**
 * Lets in what a node of the cluster sends, and nothing else: it walks over each frame
 * before the engine makes an object of it. Its door is
 * {@link io.clusterspring.jgroups.frame.FrameDoor}. It sees the rooms {@code flow} and
 * {@code view}, whose parts and headers it knows.
 *
 * <pre>
 * frame     flags, one message or many      FrameWall
 * message   headers, one per protocol       HeaderTable, HeaderShape
 * header    says what the payload is        WireContent
 * payload   addresses, views, digests       WireShapes
 * </pre>
 */
@NullMarked
package io.clusterspring.jgroups.frame;

import org.jspecify.annotations.NullMarked;
