package io.clusterspring.channel;

/**
 * Lets all clients join, and answers none of their events.
 */
class SilentHandler implements ChannelHandler {

	@Override
	public Reply onJoin(Channel channel, ChannelPayload payload) {
		return Reply.ok();
	}

	@Override
	public Reply onEvent(Channel channel, String event, ChannelPayload payload) {
		return Reply.none();
	}

}
