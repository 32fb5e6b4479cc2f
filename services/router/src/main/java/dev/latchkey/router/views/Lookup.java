package dev.latchkey.router.views;

import java.net.URI;

/** What came of a question about a user's state. */
public sealed interface Lookup<T> {
    record Found<T>(T value) implements Lookup<T> {}

    /** This instance has the user's state, and it says: there is none. */
    record Missing<T>() implements Lookup<T> {}

    /** Another instance has the user's state. */
    record Elsewhere<T>(URI instance) implements Lookup<T> {}

    /** Nobody can tell now: the state is moving between instances. */
    record Unsettled<T>() implements Lookup<T> {}
}
