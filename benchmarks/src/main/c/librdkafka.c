/*
 * librdkafka as one more side of the comparison. Loads the library that the machine has; brings none along and needs no headers,
 * which is why the few functions that it calls are declared here.
 *
 *   librdkafka LIBRARY version
 *   librdkafka LIBRARY BOOTSTRAP TOPIC VALUES_FILE VALUE_BYTES SPREAD [KEY=VALUE ...]
 *
 * In the second form it prints "ready", and then answers orders, line by line, with zeros for what only a JVM has:
 *
 *   window SECONDS       what the Java class Window reads
 *   paced RATE SECONDS   what the Java class PacedWindow reads; latencies as "=nanoseconds:count,nanoseconds:count,..."
 *
 * Values lie in the file one after the other, all of one size.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PARTITION_UNASSIGNED = -1, PRODUCER = 0, COPY_PAYLOAD = 2, QUEUE_FULL = -184, CHUNK = 64, FLUSH_MILLIS = 60000 };

/* Latencies are kept to ten bits, up to about a minute. */
enum { SUB_BITS = 10, SHIFTS = 28 };

/* As librdkafka 1.0 and later lay it out. */
struct message {
    int error;
    void *topic;
    int32_t partition;
    void *payload;
    size_t length;
    void *key;
    size_t key_length;
    int64_t offset;
    void *opaque;
};

static const char *(*version_str)(void);
static void *(*conf_new)(void);
static int (*conf_set)(void *, const char *, const char *, char *, size_t);
static void (*conf_set_dr_msg_cb)(void *, void (*)(void *, const struct message *, void *));
static void *(*producer_new)(int, void *, char *, size_t);
static void *(*topic_new)(void *, const char *, void *);
static int (*produce)(void *, int, int, void *, size_t, const void *, size_t, void *);
static int (*last_error)(void);
static int (*poll_events)(void *, int);
static int (*flush)(void *, int);

static long failed;
static long latencies[SHIFTS << (SUB_BITS + 1)];

static int64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* By whichever thread polls; the opaque of a message is when it was meant to go, if that matters. */
static void on_delivery(void *producer, const struct message *message, void *opaque) {
    if (message->error) __atomic_fetch_add(&failed, 1, __ATOMIC_RELAXED);
    int64_t intended = (intptr_t)message->opaque;
    if (intended) {
        uint64_t took = nanos() - intended;
        int shift = took >> SUB_BITS ? 63 - SUB_BITS - __builtin_clzll(took) : 0;
        if (shift >= SHIFTS) shift = SHIFTS - 1;
        __atomic_fetch_add(&latencies[(shift << (SUB_BITS + 1)) + (took >> shift)], 1, __ATOMIC_RELAXED);
    }
}

static void *find(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (!found) {
        fprintf(stderr, "%s is not in the library\n", name);
        exit(1);
    }
    return found;
}

static void load(const char *path) {
    void *library = dlopen(path, RTLD_NOW);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    version_str = find(library, "rd_kafka_version_str");
    conf_new = find(library, "rd_kafka_conf_new");
    conf_set = find(library, "rd_kafka_conf_set");
    conf_set_dr_msg_cb = find(library, "rd_kafka_conf_set_dr_msg_cb");
    producer_new = find(library, "rd_kafka_new");
    topic_new = find(library, "rd_kafka_topic_new");
    produce = find(library, "rd_kafka_produce");
    last_error = find(library, "rd_kafka_last_error");
    poll_events = find(library, "rd_kafka_poll");
    flush = find(library, "rd_kafka_flush");
}

static void set(void *conf, const char *key, const char *value) {
    char error[256];
    if (conf_set(conf, key, value, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
}

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static char *read_values(const char *path, long *size) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    char *values = malloc(*size);
    if (fread(values, 1, *size, file) != (size_t)*size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return values;
}

static void *producer;
static void *topic;
static char *values;
static long value_count;
static int value_bytes;
static int spread;
static int partition;

static void send(long record, int64_t intended) {
    int to = PARTITION_UNASSIGNED;
    if (spread) {
        to = partition;
        partition = partition + 1 == spread ? 0 : partition + 1;
    }
    while (produce(topic, to, COPY_PAYLOAD, values + record % value_count * value_bytes, value_bytes, NULL, 0,
                   (void *)(intptr_t)intended)) {
        if (last_error() != QUEUE_FULL) {
            fprintf(stderr, "produce: error %d\n", last_error());
            exit(1);
        }
        poll_events(producer, 10);
    }
}

static void flush_all(void) {
    if (flush(producer, FLUSH_MILLIS)) {
        fprintf(stderr, "flush did not end\n");
        exit(1);
    }
}

static void window(double seconds) {
    double cpu = cpu_seconds();
    int64_t began = nanos();
    int64_t end = began + (int64_t)(seconds * 1e9);
    long records = 0;
    while (nanos() < end) {
        for (int i = 0; i < CHUNK; i++) send(records++, 0);
        poll_events(producer, 0);
    }
    flush_all();
    double wall = (nanos() - began) / 1e9;
    printf("%ld %f %f 0 0 0 0 %ld\n", records, wall, cpu_seconds() - cpu, failed);
}

static void *poll_always(void *unused) {
    for (;;) poll_events(producer, 100);
    return NULL;
}

static void paced(int rate, double seconds) {
    static int polled;
    pthread_t poller;
    if (!polled++) pthread_create(&poller, NULL, poll_always, NULL);
    memset(latencies, 0, sizeof latencies);
    double cpu = cpu_seconds();
    int64_t began = nanos();
    long count = (long)(rate * seconds);
    for (long i = 0; i < count; i++) {
        int64_t intended = began + i * INT64_C(1000000000) / rate;
        struct timespec at = {intended / 1000000000, intended % 1000000000};
        if (nanos() < intended) clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
        send(i, intended);
    }
    flush_all();
    printf("%ld %f %f 0 0 0 0 =", count, seconds, cpu_seconds() - cpu);
    for (long i = 0; i < SHIFTS << (SUB_BITS + 1); i++) {
        if (latencies[i]) {
            int shift = i >> (SUB_BITS + 1);
            printf("%ld:%ld,", (i & ((2L << SUB_BITS) - 1)) << shift, latencies[i]);
        }
    }
    printf("\n");
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "see the top of librdkafka.c\n");
        return 1;
    }
    load(argv[1]);
    if (argc < 7) {
        printf("%s\n", version_str());
        return 0;
    }
    char error[512];
    void *conf = conf_new();
    set(conf, "bootstrap.servers", argv[2]);
    set(conf, "enable.idempotence", "true");
    set(conf, "acks", "all");
    for (int i = 7; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        *equals = 0;
        set(conf, argv[i], equals + 1);
    }
    conf_set_dr_msg_cb(conf, on_delivery);
    producer = producer_new(PRODUCER, conf, error, sizeof error);
    if (!producer) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    topic = topic_new(producer, argv[3], NULL);
    values = read_values(argv[4], &value_count);
    value_bytes = atoi(argv[5]);
    value_count /= value_bytes;
    spread = atoi(argv[6]);
    printf("ready\n");
    fflush(stdout);
    char order[64];
    double seconds;
    int rate;
    while (fgets(order, sizeof order, stdin)) {
        if (sscanf(order, "window %lf", &seconds) == 1) {
            window(seconds);
        } else if (sscanf(order, "paced %d %lf", &rate, &seconds) == 2) {
            paced(rate, seconds);
        } else {
            fprintf(stderr, "no such order: %s", order);
            return 1;
        }
        fflush(stdout);
    }
    return 0;
}
