package dev.latchkey.api.rest;

/** Body of a request that has nothing to say beside its address. */
record Nothing() {}
