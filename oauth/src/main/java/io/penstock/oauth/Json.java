package io.penstock.oauth;

import java.io.IOException;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** JSON objects, by jose4j's parser. */
final class Json {

    private Json() {}

    /** @throws IOException saying what the text was to be; never with the text, which may be a token */
    static Map<String, Object> parse(String text, String what) throws IOException {
        try {
            return JsonUtil.parseJson(text);
        } catch (JoseException e) {
            throw new IOException(what + " is no JSON object"); // the parser's message quotes the text
        }
    }
}
