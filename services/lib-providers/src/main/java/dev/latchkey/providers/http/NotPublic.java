package dev.latchkey.providers.http;

import java.io.IOException;

/** A user's base URL leads to a place that is not public. */
public final class NotPublic extends IOException {
    NotPublic() {
        super("the address is not https or not public");
    }
}
