package dev.latchkey.providers.http;

import java.io.IOException;

/** The body of an answer did not end in time. */
public final class OutOfPatience extends IOException {
    OutOfPatience() {
        super("the answer takes too long");
    }
}
