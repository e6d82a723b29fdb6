"""What docker-compose.yml and the Dockerfile must keep to. Prints a line per rule; reads `docker-compose config` of every profile from standard input."""
import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
services = yaml.safe_load(sys.stdin)["services"]
production = {name for name, service in services.items() if "production" in service.get("profiles", [])}


def pinned(image):
    return re.search(r":[a-z0-9.-]*\d+\.\d+\.\d+", image) is not None


def mounts(service):
    return [volume if isinstance(volume, str) else f"{volume['source']}:{volume['target']}" for volume in service.get("volumes", [])]


def images_have_whole_versions():
    return [image for image in [*(service["image"] for service in services.values()), *re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)] if not pinned(image)]


def the_stub_runs_on_the_wiremock_of_the_tests():
    version = json.loads((ROOT / "tests/package.json").read_text())["devDependencies"]["wiremock"]
    return [] if services["wiremock"]["image"] == f"wiremock/wiremock:{version}" else [services["wiremock"]["image"]]


def what_is_mounted_from_here_is_here():
    sources = [mount.split(":")[0] for service in services.values() for mount in mounts(service)]
    return [source for source in sources if source.startswith("/") and not pathlib.Path(source).exists()]


def development_listens_on_this_machine_only():
    return [f"{name}: {port}" for name, service in services.items() if name not in production for port in service.get("ports", []) if not str(port).startswith("127.0.0.1:")]


def production_takes_nothing_from_development():
    found = []
    for name in production:
        service = services[name]
        found += [f"{name}: depends on {other}" for other in service.get("depends_on", {}) if other not in production]
        found += [f"{name}: mounts {mount}" for mount in mounts(service) if "tests/" in mount or "wp-plugin-stub" in mount]
        found += [f"{name}: {key} has a default" for key, value in service.get("environment", {}).items() if re.search("PASSWORD|SECRET|PASSPHRASE", key, re.I) and value]
    return found


def relance_runs_without_root_and_without_rights():
    found = [f"USER {user}" for user in re.findall(r"^USER (\S+)", DOCKERFILE, re.M)[-1:] or ["root"] if not re.fullmatch(r"[1-9]\d*", user)]
    for name in ("relance", "relance-production"):
        service = services[name]
        if not (service.get("read_only") and service.get("cap_drop") == ["ALL"] and "no-new-privileges:true" in service.get("security_opt", [])):
            found.append(name)
    return found


def what_keeps_running_says_whether_it_is_well():
    own = {name for name, service in services.items() if "build" in service and "HEALTHCHECK" in DOCKERFILE}
    return [name for name, service in services.items() if name not in own and name != "wordpress-setup" and "healthcheck" not in service]


for rule in [value for key, value in list(globals().items()) if callable(value) and key not in ("pinned", "mounts")]:
    faults = rule()
    print(f"{'FAILED' if faults else 'ok'} {rule.__name__.replace('_', ' ')}{': ' + ', '.join(faults) if faults else ''}")
