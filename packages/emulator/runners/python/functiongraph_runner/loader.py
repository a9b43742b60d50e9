"""Finds the functions that handlers name."""

import importlib
import importlib.util
import os
import sys

from .failure import ENTRY, INVOCATION, Failure, failure_of


class Loader:
    """Loads modules from the folder of the code, each once."""

    def __init__(self, code_folder):
        self._folder = code_folder
        self._modules = {}

    def find(self, handler):
        """The function of `file.function`; the file may lie in folders, divided by `/` or by `.`. Raises Failure."""
        module_path, dot, name = handler.rpartition(".")
        if not dot or not module_path or not name:
            raise Failure(ENTRY, "FunctionConfigError", "handler '%s' is not of the form file.function" % handler)
        if module_path not in self._modules:
            self._modules[module_path] = self._load(module_path)
        function = getattr(self._modules[module_path], name, None)
        if not callable(function):
            raise Failure(
                ENTRY,
                "FunctionConfigError",
                "handler '%s' not found in module '%s'" % (name, _shown(module_path)),
            )
        return function

    def _load(self, module_path):
        parts = module_path.replace("/", ".").strip(".").split(".")
        name = ".".join(parts)
        if not all(parts):
            raise _not_found(module_path)
        try:
            with_dots = os.path.join(self._folder, module_path + ".py")
            path = os.path.join(self._folder, *parts) + ".py"
            if os.path.isfile(with_dots) and with_dots != path:
                return _load_file("function_" + "_".join(parts), with_dots)
            if name in sys.modules or name in sys.builtin_module_names:
                # A module of Python with the same name, which others have imported, stays theirs.
                if not os.path.isfile(path):
                    raise _not_found(module_path)
                return _load_file("function_" + "_".join(parts), path)
            return importlib.import_module(name)
        except SyntaxError as error:
            text = "Syntax error in module '%s'(%s)" % (name, error)
            raise failure_of(error, INVOCATION, self._folder).changed(text=text)
        except ModuleNotFoundError as error:
            if error.name and (name + ".").startswith(error.name + "."):
                raise _not_found(module_path)
            raise failure_of(error, INVOCATION, self._folder)
        except BaseException as error:
            raise failure_of(error, INVOCATION, self._folder)


def _load_file(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _shown(module_path):
    return "./%s.py" % (module_path if "/" in module_path else module_path.replace(".", "/"))


def _not_found(module_path):
    return Failure(ENTRY, "FunctionLoadError", "not found module '%s'" % _shown(module_path))
