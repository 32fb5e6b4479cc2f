package dev.latchkey.audit.reconciling;

/** The table could not be read; the message is the one sentence that the auditor reads. */
public final class TableUnavailable extends RuntimeException {
    public TableUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
