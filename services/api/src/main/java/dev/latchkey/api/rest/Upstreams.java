package dev.latchkey.api.rest;

/** The services that answer part of this API. */
public record Upstreams(Upstream router, Upstream pnl, Upstream agent) {}
