package dev.latchkey.api.credentials;

/** A request asks for something that can not be; the message is the sentence that its sender reads. Never holds a key. */
public final class BrokenRule extends RuntimeException {
    public BrokenRule(String sentence) {
        super(sentence);
    }
}
