@NullMarked
package dev.latchkey.agent.credentials;

import org.jspecify.annotations.NullMarked;
