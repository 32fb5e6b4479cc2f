package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.Progress;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the story line by line, and counts what was checked. */
final class Checks {
    private final PrintStream out;
    private final Progress progress;
    private int made;
    private int passed;

    Checks(PrintStream out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    void chapter(String title) {
        progress.done();
        out.println();
        out.println(title);
        out.flush();
    }

    /** Something takes a while from here on. */
    void waitingFor(String what) {
        progress.waitingFor(what);
    }

    void equal(String sentence, Object expected, @Nullable Object actual) {
        check(sentence, Objects.equals(expected, actual), "expected " + expected + ", saw " + actual);
    }

    void equal(String sentence, BigDecimal expected, BigDecimal actual) {
        check(sentence, expected.compareTo(actual) == 0, "expected " + expected + ", saw " + actual);
    }

    void isTrue(String sentence, boolean condition, Object seen) {
        check(sentence, condition, "saw " + seen);
    }

    /** The story can not go on: that counts as a check that did not hold. */
    void breaksOff(RuntimeException reason) {
        check("the story goes on", false, reason.toString());
    }

    Story.Result result() {
        return new Story.Result(made, passed);
    }

    private void check(String sentence, boolean holds, String otherwise) {
        progress.done();
        made++;
        if (holds) {
            passed++;
            out.println("  ok    " + sentence);
        } else {
            out.println("  FAIL  " + sentence + ": " + otherwise);
        }
        out.flush();
    }
}
