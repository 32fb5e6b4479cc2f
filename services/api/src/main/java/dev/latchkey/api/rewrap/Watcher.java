package dev.latchkey.api.rewrap;

/** Hears how far a rewrap has come. */
public interface Watcher {
    /** So many keys are to be sealed anew; while it goes on there may be more or fewer. */
    void toDo(long keys);

    void done(int keys);

    void waitingFor(String what);

    /** Hears and says nothing. */
    static Watcher silent() {
        return new Watcher() {
            @Override
            public void toDo(long keys) {}

            @Override
            public void done(int keys) {}

            @Override
            public void waitingFor(String what) {}
        };
    }
}
