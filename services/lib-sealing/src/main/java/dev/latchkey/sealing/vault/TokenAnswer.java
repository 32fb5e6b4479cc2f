package dev.latchkey.sealing.vault;

import java.time.Duration;

/** What Vault answers to a question about a token. */
sealed interface TokenAnswer {
    /**
     * The token is good.
     *
     * @param left how long it lives from now on; zero: for ever
     */
    record Good(String token, Duration left) implements TokenAnswer {
        @Override
        public String toString() {
            return "Good[left=" + left + "]";
        }
    }

    /** Vault says no: 403 to a token that it does not know, 503 to everybody while it is sealed. */
    record Refused(int status) implements TokenAnswer {}

    /** Vault was not asked, because there was nothing to ask with. */
    record Unasked(String why, Exception cause) implements TokenAnswer {}

    /** No answer came. */
    record Silence(Exception cause) implements TokenAnswer {}
}
