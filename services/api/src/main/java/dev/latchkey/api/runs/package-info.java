/** Learns from the runs of prompts what concerns credentials. */
@NullMarked
package dev.latchkey.api.runs;

import org.jspecify.annotations.NullMarked;
