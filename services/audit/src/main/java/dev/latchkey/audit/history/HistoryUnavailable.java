package dev.latchkey.audit.history;

/** The history could not be read to its end; the message is the one sentence that the auditor reads. */
public final class HistoryUnavailable extends RuntimeException {
    public HistoryUnavailable(String sentence) {
        super(sentence);
    }

    public HistoryUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
