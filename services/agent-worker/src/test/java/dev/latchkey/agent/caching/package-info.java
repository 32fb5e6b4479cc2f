@NullMarked
package dev.latchkey.agent.caching;

import org.jspecify.annotations.NullMarked;
