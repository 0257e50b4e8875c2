using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Deploy;

public sealed class RunningOnKubernetes
{
    private const string Folder = "deploy/kubernetes";
    private static readonly YamlNode Kustomization = Repository.Yaml($"{Folder}/kustomization.yaml").ShouldHaveSingleItem();
    private static readonly IReadOnlyList<YamlNode> Manifests =
        [.. Kustomization.Must("resources").Texts().SelectMany(file => Repository.Yaml($"{Folder}/{file}"))];

    private static readonly Dictionary<string, string> Settings = Repository.Text($"{Folder}/settings.env").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly YamlNode Deployment = Of("Deployment");
    private static readonly YamlNode ServerPod = Deployment.Must("spec/template");
    private static readonly YamlNode MigratePod = Of("Job").Must("spec/template");
    private static readonly YamlNode Server = ServerPod.Must("spec/containers").Items().ShouldHaveSingleItem();
    private static readonly YamlNode Migrate = MigratePod.Must("spec/containers").Items().ShouldHaveSingleItem();

    public static TheoryData<string> Workloads => ["Deployment", "Job"];

    [Fact]
    public void Applies_every_manifest_of_the_folder()
    {
        var files = Directory.GetFiles(Repository.Path(Folder), "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml");

        Kustomization.Must("resources").Texts().ShouldBe(files!, ignoreOrder: true);
        Manifests.Select(manifest => manifest.Must("kind").Text())
            .ShouldBe(["Namespace", "Job", "Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy"], ignoreOrder: true);
        Kustomization.Must("namespace").Text().ShouldBe(Of("Namespace").Must("metadata/name").Text());
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Takes_every_right_from_a_pod_that_it_does_not_use(string kind)
    {
        var pod = Of(kind).Must("spec/template/spec");
        var container = pod.Must("containers").Items().ShouldHaveSingleItem();

        pod.Must("securityContext/runAsNonRoot").Text().ShouldBe("true");
        pod.Must("securityContext/runAsUser").Number().ShouldBeGreaterThan(0);
        pod.Must("securityContext/seccompProfile/type").Text().ShouldBe("RuntimeDefault");
        pod.Must("automountServiceAccountToken").Text().ShouldBe("false");
        container.Must("securityContext/readOnlyRootFilesystem").Text().ShouldBe("true");
        container.Must("securityContext/allowPrivilegeEscalation").Text().ShouldBe("false");
        container.Must("securityContext/capabilities/drop").Texts().ShouldBe(["ALL"]);
        container.Must("resources/requests").Keys().ShouldBe(["cpu", "memory"], ignoreOrder: true);
        container.Must("resources/limits").Keys().ShouldContain("memory");
    }

    [Theory, MemberData(nameof(Workloads))]
    public void Gives_a_pod_a_place_to_write_and_the_settings_to_start(string kind)
    {
        var pod = Of(kind).Must("spec/template/spec");
        var container = pod.Must("containers").Items().ShouldHaveSingleItem();

        var mounts = container.Must("volumeMounts").Items();
        mounts.Select(mount => mount.Must("name").Text()).ShouldBe(pod.Must("volumes").Items().Select(volume => volume.Must("name").Text()), ignoreOrder: true);
        mounts.Select(mount => mount.Must("mountPath").Text()).ShouldContain("/tmp");
        container.Must("envFrom").Items().ShouldHaveSingleItem().Must("configMapRef/name").Text()
            .ShouldBe(Kustomization.Must("configMapGenerator").Items().ShouldHaveSingleItem().Must("name").Text());
        Variable(container, "PGPASSWORD").At("valueFrom/secretKeyRef").ShouldNotBeNull();
    }

    [Fact]
    public void Selects_the_servers_and_never_the_migration()
    {
        var server = Labels(ServerPod);
        var selectors = new[]
        {
            Deployment.Must("spec/selector/matchLabels"), Of("Service").Must("spec/selector"), Of("PodDisruptionBudget").Must("spec/selector/matchLabels"),
            Of("NetworkPolicy").Must("spec/podSelector/matchLabels"),
            ServerPod.Must("spec/topologySpreadConstraints").Items().ShouldHaveSingleItem().Must("labelSelector/matchLabels"),
        };

        foreach (var selector in selectors.Select(Pairs))
        {
            selector.ShouldBeSubsetOf(server);
            selector.Except(Labels(MigratePod)).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Asks_for_life_and_for_readiness_at_different_doors()
    {
        Probe("startupProbe").ShouldBe("/healthz/live");
        Probe("livenessProbe").ShouldBe("/healthz/live");
        Probe("readinessProbe").ShouldBe("/healthz/ready");

        static string Probe(string name)
        {
            Port(Server.Must($"{name}/httpGet/port").Text()).ShouldBe(8080);
            return Server.Must($"{name}/httpGet/path").Text();
        }
    }

    [Fact]
    public void Never_has_fewer_servers_during_an_upgrade_than_before_it()
    {
        var replicas = Deployment.Must("spec/replicas").Number();

        replicas.ShouldBeGreaterThanOrEqualTo(2);
        Deployment.Must("spec/strategy/rollingUpdate/maxUnavailable").Number().ShouldBe(0);
        Deployment.Must("spec/strategy/rollingUpdate/maxSurge").Number().ShouldBeGreaterThan(0);
        Of("PodDisruptionBudget").Must("spec/minAvailable").Number().ShouldBeInRange(1, replicas - 1);
    }

    [Fact]
    public void Leaves_a_stopping_server_the_time_to_write_what_it_accepted()
    {
        const int HostShutdownTimeout = 30;   // seconds, the default of HostOptions.ShutdownTimeout
        var preStop = Server.Must("lifecycle/preStop/sleep/seconds").Number();

        ServerPod.Must("spec/terminationGracePeriodSeconds").Number().ShouldBeGreaterThan(preStop + HostShutdownTimeout);
    }

    [Fact]
    public void Makes_each_pod_a_node_that_the_others_find()
    {
        Variable(Server, "POD_IP").Must("valueFrom/fieldRef/fieldPath").Text().ShouldBe("status.podIP");
        Variable(Server, "POD_NAME").Must("valueFrom/fieldRef/fieldPath").Text().ShouldBe("metadata.name");
        Variable(Server, "Cluster__AdvertisedAddress").Must("value").Text().ShouldBe("$(POD_IP)");
        Settings["Cluster__SiloPort"].ShouldBe(Port("silo").ToString(System.Globalization.CultureInfo.InvariantCulture));
        Settings["Cluster__GatewayPort"].ShouldBe(Port("gateway").ToString(System.Globalization.CultureInfo.InvariantCulture));
        Settings["Cluster__ClusterId"].ShouldNotBeEmpty();
        Settings["Cluster__ServiceId"].ShouldNotBeEmpty();

        // Kubernetes expands $(NAME) only from entries that stand before it.
        var names = Server.Must("env").Items().Select(variable => variable.Must("name").Text()).ToList();
        names.IndexOf("POD_IP").ShouldBeLessThan(names.IndexOf("Cluster__AdvertisedAddress"));
    }

    [Fact]
    public void Opens_the_nodes_ports_to_the_nodes_alone()
    {
        var policy = Of("NetworkPolicy");
        var rules = policy.Must("spec/ingress").Items();
        var open = rules.Where(rule => rule.At("from") is null).SelectMany(Ports);
        var closed = rules.Where(rule => rule.At("from") is not null).ToList();

        policy.Must("spec/policyTypes").Texts().ShouldContain("Ingress");
        open.ShouldBe([Port("http")]);
        closed.SelectMany(Ports).ShouldBe([Port("silo"), Port("gateway")]);
        closed.ShouldHaveSingleItem().Must("from").Items().ShouldHaveSingleItem().Must("podSelector/matchLabels")
            .ShouldBe(policy.Must("spec/podSelector/matchLabels"));

        static IEnumerable<int> Ports(YamlNode rule) => rule.Must("ports").Items().Select(port => port.Must("port").Number());
    }

    [Fact]
    public void Serves_the_port_of_the_API()
    {
        var port = Of("Service").Must("spec/ports").Items().ShouldHaveSingleItem();

        Port(port.Must("targetPort").Text()).ShouldBe(8080);
    }

    [Fact]
    public void Has_no_default_for_the_identity_provider_and_holds_no_password()
    {
        Settings["Authentication__Authority"].ShouldBeEmpty();
        Settings["Authentication__Audience"].ShouldBeEmpty();
        Settings["Identity__FirstAdministrator"].ShouldBeEmpty();
        Settings["ASPNETCORE_ENVIRONMENT"].ShouldBe("Production");
        Settings["ConnectionStrings__Postgres"].ShouldNotContain("Password", Case.Insensitive);
        Manifests.ShouldNotContain(manifest => manifest.Must("kind").Text() == "Secret");
    }

    [Fact]
    public void Runs_one_pinned_image_for_server_and_migration()
    {
        var image = Kustomization.Must("images").Items().ShouldHaveSingleItem();

        Server.Must("image").Text().ShouldBe(image.Must("name").Text());
        Migrate.Must("image").Text().ShouldBe(image.Must("name").Text());
        image.Must("newTag").Text().ShouldMatch(@"^\d");
        Migrate.Must("args").Texts().ShouldBe(["migrate"]);
    }

    private static YamlNode Of(string kind) => Manifests.Where(manifest => manifest.Must("kind").Text() == kind).ShouldHaveSingleItem();

    private static int Port(string name) =>
        Server.Must("ports").Items().Single(port => port.Must("name").Text() == name).Must("containerPort").Number();

    private static YamlNode Variable(YamlNode container, string name) =>
        container.Must("env").Items().Where(variable => variable.Must("name").Text() == name).ShouldHaveSingleItem();

    private static IReadOnlyList<(string, string)> Labels(YamlNode pod) => Pairs(pod.Must("metadata/labels"));

    private static IReadOnlyList<(string, string)> Pairs(YamlNode map) => [.. map.Map().Select(pair => (pair.Key, pair.Value.Text()))];
}
