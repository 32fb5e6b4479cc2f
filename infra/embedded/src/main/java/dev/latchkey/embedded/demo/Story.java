package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import java.io.PrintStream;
import java.util.Map;

/** The whole story. */
public final class Story {
    private Story() {}

    /** How many things were checked, and how many of them were as they should be. */
    public record Result(int checks, int passed) {
        public boolean allPassed() {
            return passed == checks;
        }

        @Override
        public String toString() {
            return "demo: " + checks + " checks, " + passed + " passed";
        }
    }

    /**
     * Plays the story as far as it goes.
     *
     * @param environment where real keys of providers are looked for
     */
    public static Result play(Stack stack, Map<String, String> environment, PrintStream out, Progress progress) {
        var checks = new Checks(out, progress);
        try (var scene = Scene.open(stack, environment)) {
            return tell(checks, () -> playAll(scene, checks));
        }
    }

    /** A check that does not hold is told and the story goes on; what leaves nothing to go on with ends it. */
    static Result tell(Checks checks, Runnable chapters) {
        try {
            chapters.run();
        } catch (Progress.Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            checks.breaksOff(e);
        }
        return checks.result();
    }

    private static void playAll(Scene scene, Checks checks) {
        var answers = new AnswersChapter(scene, checks);
        var registered = new KeysChapter(scene.cast(), checks).play();
        new EventsChapter(scene, checks).play(registered);
        answers.play(registered);
        new BooksChapter(scene, checks).play();
        answers.playAfterDeletion(registered);
        new HistoryChapter(scene, checks).play();
    }
}
