package dev.latchkey.api.rewrap;

/** Hears how far a rewrap has come. */
public interface Watcher {
    /** So many credentials are to be sealed anew; while it goes on there may be more or fewer. */
    void toDo(long credentials);

    void done(int credentials);

    void waitingFor(String what);

    /** Hears and says nothing. */
    static Watcher silent() {
        return new Watcher() {
            @Override
            public void toDo(long credentials) {}

            @Override
            public void done(int credentials) {}

            @Override
            public void waitingFor(String what) {}
        };
    }
}
