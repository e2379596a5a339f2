package io.penstock.internal.sasl;

import io.penstock.errors.ConfigException;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;

/**
 * Reads {@code sasl.jaas.config}: one login module with its options, in the grammar of JAAS files and tokenized as Kafka does it.
 *
 * <pre>
 *   org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="...";
 * </pre>
 *
 * <p>No message shows what was read: a password whose quotes are wrong may be anywhere in it.
 */
final class JaasText {

    private static final String KEY = "sasl.jaas.config";

    private final StreamTokenizer tokens;
    private int optionCount;

    private JaasText(String text) {
        tokens = new StreamTokenizer(new StringReader(text));
        tokens.slashSlashComments(true);
        tokens.slashStarComments(true);
        // Numbers would come as doubles: a name of digits only is a name.
        tokens.ordinaryChars('0', '9');
        tokens.ordinaryChar('.');
        tokens.ordinaryChar('-');
        tokens.wordChars('0', '9');
        tokens.wordChars('.', '.');
        tokens.wordChars('-', '-');
        tokens.wordChars('_', '_');
        tokens.wordChars('$', '$');
    }

    /** @throws ConfigException saying where it went wrong, without the text */
    static AppConfigurationEntry parse(String text) {
        try {
            return new JaasText(text).entry();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is read
        }
    }

    private AppConfigurationEntry entry() throws IOException {
        if (tokens.nextToken() == StreamTokenizer.TT_EOF) {
            throw wrong("it is empty");
        }
        String module = word("it does not begin with the class name of a login module");
        tokens.nextToken();
        LoginModuleControlFlag flag = flag(word("the class name is not followed by a control flag"));
        Map<String, String> options = new HashMap<>();
        while (tokens.nextToken() != ';') {
            option(options);
        }
        if (tokens.nextToken() != StreamTokenizer.TT_EOF) {
            throw wrong("something follows the first ';', and it takes one login module only");
        }
        return new AppConfigurationEntry(module, flag, options);
    }

    private void option(Map<String, String> options) throws IOException {
        if (tokens.ttype == StreamTokenizer.TT_EOF) {
            throw wrong("it does not end with ';' after " + optionCount + " option(s)");
        }
        optionCount++;
        String name = word("option " + optionCount + " has no name; a value with other characters than letters,"
                + " digits, '.', '-', '_' and '$' needs double quotes");
        if (tokens.nextToken() != '=') {
            throw wrong("option " + optionCount + " has no '=' after its name; a value with spaces or other special"
                    + " characters needs double quotes");
        }
        tokens.nextToken();
        options.put(
                name, word("option " + optionCount + " has no value; one with special characters needs double quotes"));
    }

    private String word(String otherwise) {
        boolean isWord = tokens.ttype == StreamTokenizer.TT_WORD || tokens.ttype == '"' || tokens.ttype == '\'';
        if (!isWord || tokens.sval == null) {
            throw wrong(otherwise);
        }
        return tokens.sval;
    }

    private static LoginModuleControlFlag flag(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "REQUIRED" -> LoginModuleControlFlag.REQUIRED;
            case "REQUISITE" -> LoginModuleControlFlag.REQUISITE;
            case "SUFFICIENT" -> LoginModuleControlFlag.SUFFICIENT;
            case "OPTIONAL" -> LoginModuleControlFlag.OPTIONAL;
            default -> throw wrong("the class name is not followed by a control flag");
        };
    }

    private static ConfigException wrong(String what) {
        return new ConfigException("configuration " + KEY + " cannot be read: " + what
                + ". It has the form: <class of the login module> required <name>=\"<value>\" ... ;");
    }
}
