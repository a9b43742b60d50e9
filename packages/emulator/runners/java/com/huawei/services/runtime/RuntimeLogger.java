package com.huawei.services.runtime;

/** Writes lines with the time and the request's ID into the function's log. */
public interface RuntimeLogger {
    /** Writes a line without a level. */
    void log(String message);

    void debug(String message);

    void info(String message);

    void warn(String message);

    void error(String message);

    /** Leaves out the lines below a level: DEBUG, INFO, WARN or ERROR. At first it is INFO. */
    void setLevel(String level);
}
