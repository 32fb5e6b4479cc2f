/** What a user can ask the worker over HTTP. */
@NullMarked
package dev.latchkey.agent.http;

import org.jspecify.annotations.NullMarked;
