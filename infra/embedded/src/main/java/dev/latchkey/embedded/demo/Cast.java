package dev.latchkey.embedded.demo;

import dev.latchkey.embedded.Stack;
import dev.latchkey.runtime.UuidSource;
import java.util.Map;

/** Who is in the story, and the keys that they bring. */
record Cast(Person alice, OwnKey aliceOpenAi, OwnKey aliceAnthropic, Person bob, OwnKey bobGemini) {
    /** Two people that nobody has seen before. */
    static Cast join(Stack stack, UuidSource ids, Map<String, String> environment) {
        return new Cast(
                Person.join("Alice", ids, stack),
                OwnKey.openAi(environment),
                OwnKey.anthropic(environment),
                Person.join("Bob", ids, stack),
                OwnKey.gemini(environment));
    }
}
