using System.Net;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;
using Orleans.Configuration;
using Orleans.Serialization;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>The silo: alone on loopback, or with others over PostgreSQL membership when there is a <c>Cluster</c> section.</summary>
internal static class Cluster
{
    public static void AddCluster(this WebApplicationBuilder builder, string connection)
    {
        // Domain types know no serializer; between nodes they travel as JSON, by name and tolerant of what a neighbour adds.
        builder.Services.AddSerializer(serializer => serializer.AddJsonSerializer(type => type.Assembly == typeof(Model).Assembly, Json.Lenient));
        builder.UseOrleans(silo =>
        {
            var cluster = builder.Configuration.GetSection("Cluster");
            if (cluster["ClusterId"] is not { Length: > 0 } id)
            {
                silo.UseLocalhostClustering(LoopbackPort.Free(), LoopbackPort.Free(), serviceId: "mlops-governance", clusterId: "local");
            }
            else
            {
                var source = OrleansTables.DataSource(connection);
                silo.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", source));
                silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (id, cluster["ServiceId"] ?? "mlops-governance"));
                silo.ConfigureEndpoints(
                    IPAddress.TryParse(cluster["AdvertisedAddress"], out var address) ? address : IPAddress.Loopback,
                    cluster.GetValue("SiloPort", 11111), cluster.GetValue("GatewayPort", 30000), listenOnAnyHostAddress: address is not null && !IPAddress.IsLoopback(address));
            }

            silo.AddActivityPropagation();
        });
    }
}
