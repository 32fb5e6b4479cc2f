package dev.latchkey.pnl.topology;

import java.util.UUID;

/** All that a user has in one quote currency. */
record Purse(UUID userId, String quoteCurrency) {}
