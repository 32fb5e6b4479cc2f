package dev.latchkey.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Objects;

/** JSON over HTTP: snake_case names, decimals as plain strings, times in ISO 8601, nothing unknown and nothing twice. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module(), decimalsAsText())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .withCoercionConfig(
                    LogicalType.Float,
                    config -> config.setCoercion(CoercionInputShape.String, CoercionAction.TryConvert))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    /** The body of a request; throws the problem that its sender should hear when it is no such body. */
    public static <T> T read(ServerRequest request, Class<T> type, int maxBytes) {
        var mediaType = request.headers().contentType().map(HttpMediaType::text).orElse("");
        if (!mediaType.startsWith("application/json")) {
            throw new ProblemException(Problem.unsupportedMediaType("the body must be application/json"));
        }
        return parse(bytes(request, maxBytes), type);
    }

    public static void send(ServerResponse response, int status, Object body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(write(body));
    }

    public static byte[] write(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ServerRequest request, int maxBytes) {
        try (var in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new ProblemException(Problem.tooLarge("the body is larger than " + maxBytes + " bytes"));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Causes are left out on purpose: a parser's message quotes the body, and the body may hold a key. */
    private static <T> T parse(byte[] body, Class<T> type) {
        try {
            return bind(MAPPER.readTree(body), type);
        } catch (IOException e) {
            throw new ProblemException(Problem.badRequest("the body is not JSON"));
        }
    }

    private static <T> T bind(JsonNode body, Class<T> type) throws IOException {
        if (!body.isObject()) {
            throw new ProblemException(Problem.unprocessable("the body is not a JSON object"));
        }
        try {
            return MAPPER.treeToValue(body, type);
        } catch (JsonMappingException e) {
            throw new ProblemException(Problem.unprocessable("the body is not valid" + place(e)));
        }
    }

    private static String place(JsonMappingException e) {
        var names = e.getPath().stream()
                .map(step -> Objects.requireNonNullElse(step.getFieldName(), String.valueOf(step.getIndex())))
                .toList();
        return names.isEmpty() ? "" : ": look at " + String.join(".", names);
    }

    private static SimpleModule decimalsAsText() {
        return new SimpleModule().addSerializer(BigDecimal.class, new ToStringSerializerBase(BigDecimal.class) {
            @Override
            public String valueToString(Object value) {
                return ((BigDecimal) value).toPlainString();
            }
        });
    }
}
