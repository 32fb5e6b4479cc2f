@NullMarked
package dev.latchkey.agent.http;

import org.jspecify.annotations.NullMarked;
