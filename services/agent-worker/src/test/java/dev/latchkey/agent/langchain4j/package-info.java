@NullMarked
package dev.latchkey.agent.langchain4j;

import org.jspecify.annotations.NullMarked;
