using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>An IP address. An IPv4-mapped IPv6 address counts as the IPv4 address it stands for.</summary>
internal sealed record CelIp(IPAddress Address)
{
    public int Family => Address.AddressFamily == AddressFamily.InterNetwork ? 4 : 6;

    public static CelValue Parse(string text) =>
        TryParse(text, out var ip, out var why) ? CelValue.Of(ip!) : CelValue.Error(why!);

    public static bool TryParse(string text, out CelIp? ip, out string? why)
    {
        ip = null;
        why = $"'{CodePoints.Cut(text, 50)}' is not an IP address";
        if (text.Contains('%', StringComparison.Ordinal))
        {
            why = "an IP address with a zone is not allowed";
            return false;
        }

        var dotted = text.Contains('.', StringComparison.Ordinal);
        if (text.Contains(':', StringComparison.Ordinal))
        {
            if (text.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address)) return false;
            if (dotted)
            {
                if (!IsDotted(text[(text.LastIndexOf(':') + 1)..])) return false;
                if (address.IsIPv4MappedToIPv6)
                {
                    why = "an IPv4-mapped IPv6 address is not allowed";
                    return false;
                }
            }

            ip = new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            return true;
        }

        if (!IsDotted(text)) return false;
        ip = new(IPAddress.Parse(text));
        return true;
    }

    /// <summary>Four decimal numbers without leading zeros; the framework would also take octal, hexadecimal and fewer parts.</summary>
    private static bool IsDotted(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(static part =>
            part.Length is 1 or 2 or 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0')
            && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    public bool IsUnspecified => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    public bool IsLoopback => IPAddress.IsLoopback(Address);

    public bool IsLinkLocalUnicast => Bytes is [169, 254, _, _] || Address.IsIPv6LinkLocal;

    public bool IsLinkLocalMulticast => Bytes is [224, 0, 0, _] || (Family == 6 && Bytes[0] == 0xff && (Bytes[1] & 0x0f) == 2);

    public bool IsGlobalUnicast =>
        !IsUnspecified && !IsLoopback && !IsLinkLocalUnicast && !IsMulticast && Bytes is not [255, 255, 255, 255];

    private bool IsMulticast => Family == 4 ? (Bytes[0] & 0xf0) == 224 : Bytes[0] == 0xff;

    public byte[] Bytes => Address.GetAddressBytes();

    public override string ToString() => Address.ToString();
}

/// <summary>An address and how many of its leading bits name the network.</summary>
internal sealed record CelCidr(CelIp Ip, int PrefixLength)
{
    public static CelValue Parse(string text) =>
        TryParse(text, out var cidr) ? CelValue.Of(cidr!) : CelValue.Error($"'{CodePoints.Cut(text, 50)}' is not a CIDR such as '10.0.0.0/8'");

    public static bool TryParse(string text, out CelCidr? cidr)
    {
        cidr = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !CelIp.TryParse(text[..slash], out var ip, out _)) return false;

        var length = text.AsSpan(slash + 1);
        if (length.Length is < 1 or > 3 || (length.Length > 1 && length[0] == '0')) return false;
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) return false;
        // A mapped address was written with 128 bits of which the first 96 say "this is IPv4".
        if (ip!.Family == 4 && text.AsSpan(0, slash).Contains(':')) return false;
        if (bits > (ip.Family == 4 ? 32 : 128)) return false;

        cidr = new(ip, bits);
        return true;
    }

    public bool Contains(CelIp other)
    {
        if (other.Family != Ip.Family) return false;
        var (mine, theirs) = (Ip.Bytes, other.Bytes);
        for (var bit = 0; bit < PrefixLength; bit++)
        {
            if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) return false;
        }

        return true;
    }

    public bool Contains(CelCidr other) => other.PrefixLength >= PrefixLength && Contains(other.Ip);

    public CelCidr Masked()
    {
        var bytes = Ip.Bytes;
        for (var bit = PrefixLength; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(1 << (7 - bit % 8));
        return this with { Ip = new(new IPAddress(bytes)) };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ip}/{PrefixLength}");
}
