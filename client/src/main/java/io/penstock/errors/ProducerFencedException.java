package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Another producer with the same {@code transactional.id} has taken over. Fatal: close this producer. */
public class ProducerFencedException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public ProducerFencedException(@Nullable String message) {
        super(message);
    }

    public ProducerFencedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
