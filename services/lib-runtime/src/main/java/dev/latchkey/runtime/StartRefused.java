package dev.latchkey.runtime;

/** The service cannot start; the message is the one sentence that its operator reads. */
public final class StartRefused extends RuntimeException {
    public StartRefused(String sentence) {
        super(sentence);
    }

    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
