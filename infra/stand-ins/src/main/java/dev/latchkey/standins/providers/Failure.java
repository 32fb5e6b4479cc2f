package dev.latchkey.standins.providers;

/** An error as a provider sends it. The body quotes nothing of the request. */
record Failure(int status, String body) {}
