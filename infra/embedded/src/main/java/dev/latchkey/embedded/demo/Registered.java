package dev.latchkey.embedded.demo;

import java.util.UUID;

/** The credentials that Alice and Bob registered. */
record Registered(UUID aliceOpenAi, UUID aliceAnthropic, UUID bobGemini) {}
