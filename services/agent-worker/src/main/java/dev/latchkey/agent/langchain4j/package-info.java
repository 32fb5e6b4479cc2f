/** Calls to providers through langchain4j. Nothing that a provider writes into an error leaves this package: it can quote the key. */
@NullMarked
package dev.latchkey.agent.langchain4j;

import org.jspecify.annotations.NullMarked;
