package dev.latchkey.providers.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * An answer whose body is still coming. It can quote the key: it is for machines to read and for nobody to log.
 *
 * @param body throws {@link OutOfPatience} when it takes too long, and exceptions without a cause otherwise
 */
public record Incoming(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    /** Ends the request, whatever there is left of it. */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nobody reads what is left.
        }
    }

    @Override
    public String toString() {
        return "Incoming[status=" + status + "]";
    }
}
