# What the heavy runs call: tells that a run has begun, and does what the event says.
import os
import socket
import uuid

instance = uuid.uuid4().hex
reports = None


def report(name, port):
    """Sends the name of the run to whoever counts them."""
    global reports
    if reports is None:
        reports = socket.create_connection(("127.0.0.1", int(port)))
    reports.sendall(f"{name}\n".encode())


def handler(event, context):
    name = event["id"]
    report(name, context.getUserData("REPORTS"))
    action = event["action"]
    if action == "throw":
        raise ValueError(name)
    if action == "exit":
        os._exit(3)
    if action == "log":
        for line in range(1, event["lines"] + 1):
            print(f"{name} line {line}")
    if action == "large":
        return {"id": name, "filling": event["filling"]}
    return {"id": name, "instance": instance}
