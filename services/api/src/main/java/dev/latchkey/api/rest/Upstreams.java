package dev.latchkey.api.rest;

import dev.latchkey.runtime.ServiceSecret;

/**
 * The services that answer part of this API.
 *
 * @param agentSecret what the agent-worker wants to be shown
 */
public record Upstreams(Upstream router, Upstream pnl, Upstream agent, ServiceSecret agentSecret) {}
