package dev.latchkey.providers.http;

import java.net.http.HttpHeaders;

/** What a provider sent. Its body can quote the key: it is for machines to read and for nobody to log. */
public record Answer(int status, HttpHeaders headers, String body) {
    @Override
    public String toString() {
        return "Answer[status=" + status + "]";
    }
}
