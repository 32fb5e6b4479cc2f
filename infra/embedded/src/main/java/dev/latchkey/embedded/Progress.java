package dev.latchkey.embedded;

/** Hears what is being waited for. */
public interface Progress {
    /** From now on, something is being waited for. May throw {@link Stopped} when nobody wants it any more. */
    void waitingFor(String what);

    /** Nothing is being waited for any more. */
    void done();

    /** Says nothing to anybody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void waitingFor(String what) {}

            @Override
            public void done() {}
        };
    }

    /** What was under way is not wanted any more. */
    final class Stopped extends RuntimeException {
        public Stopped() {
            super("stopped before it was done");
        }
    }
}
