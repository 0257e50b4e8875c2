using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>IP addresses and networks.</summary>
internal static class NetworkFunctions
{
    public static void AddTo(LibraryBuilder library)
    {
        library
            .Global("ip(string): net.IP", static (_, a) => CelIp.Parse(a[0].String))
            .Global("isIP(string): bool", static (meter, a) => CelValue.Of(CelIp.TryParse(a[0].String, out _, out _)))
            .Global("ip.isCanonical(string): bool", static (meter, a) => CelIp.TryParse(a[0].String, out var ip, out var why)
                ? CelValue.Of(ip!.ToString() == a[0].String) : CelValue.Error(why!))
            .Global("string(net.IP): string", static (_, a) => CelValue.Of(a[0].Ip.ToString()))
            .Member("net.IP.family(): int", static (_, a) => CelValue.Of((long)a[0].Ip.Family))
            .Member("net.IP.isUnspecified(): bool", static (_, a) => CelValue.Of(a[0].Ip.IsUnspecified))
            .Member("net.IP.isLoopback(): bool", static (_, a) => CelValue.Of(a[0].Ip.IsLoopback))
            .Member("net.IP.isLinkLocalMulticast(): bool", static (_, a) => CelValue.Of(a[0].Ip.IsLinkLocalMulticast))
            .Member("net.IP.isLinkLocalUnicast(): bool", static (_, a) => CelValue.Of(a[0].Ip.IsLinkLocalUnicast))
            .Member("net.IP.isGlobalUnicast(): bool", static (_, a) => CelValue.Of(a[0].Ip.IsGlobalUnicast));

        library
            .Global("cidr(string): net.CIDR", static (_, a) => CelCidr.Parse(a[0].String))
            .Global("isCIDR(string): bool", static (meter, a) => CelValue.Of(CelCidr.TryParse(a[0].String, out _)))
            .Global("string(net.CIDR): string", static (_, a) => CelValue.Of(a[0].Cidr.ToString()))
            .Member("net.CIDR.ip(): net.IP", static (_, a) => CelValue.Of(a[0].Cidr.Ip))
            .Member("net.CIDR.masked(): net.CIDR", static (_, a) => CelValue.Of(a[0].Cidr.Masked()))
            .Member("net.CIDR.isMask(): bool", static (_, a) => CelValue.Of(a[0].Cidr == a[0].Cidr.Masked()))
            .Member("net.CIDR.prefixLength(): int", static (_, a) => CelValue.Of((long)a[0].Cidr.PrefixLength))
            .Member("net.CIDR.containsIP(net.IP): bool", static (_, a) => CelValue.Of(a[0].Cidr.Contains(a[1].Ip)))
            .Member("net.CIDR.containsIP(string): bool", static (meter, a) => CelIp.TryParse(a[1].String, out var ip, out var why)
                ? CelValue.Of(a[0].Cidr.Contains(ip!)) : CelValue.Error(why!))
            .Member("net.CIDR.containsCIDR(net.CIDR): bool", static (_, a) => CelValue.Of(a[0].Cidr.Contains(a[1].Cidr)))
            .Member("net.CIDR.containsCIDR(string): bool", static (_, a) => CelCidr.Parse(a[1].String) is var other && other.IsValue
                ? CelValue.Of(a[0].Cidr.Contains(other.Cidr)) : other);
    }
}
