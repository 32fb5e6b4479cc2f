package dev.latchkey.schemas;

/** The schema registry could not be asked about a schema. */
public final class RegistryUnavailable extends RuntimeException {
    public RegistryUnavailable(String url, Throwable cause) {
        super("the schema registry at " + url + " does not answer", cause);
    }
}
