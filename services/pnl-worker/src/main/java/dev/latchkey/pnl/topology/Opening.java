package dev.latchkey.pnl.topology;

import dev.latchkey.events.TradeReported;

/** What became of a trade that may be sealed. */
sealed interface Opening {
    /** It is in plain now, and keeps the rules. */
    record Opened(TradeReported trade) implements Opening {}

    /** Its data key is not known yet, or not yet as it is now. */
    record TooEarly(String why) implements Opening {}

    /** It will never be a trade. */
    record Broken(String rule) implements Opening {}

    /** Its user was forgotten. */
    record Dropped() implements Opening {}
}
