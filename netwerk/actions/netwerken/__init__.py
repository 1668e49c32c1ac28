"""What happens to networks: proposing, changing, letting people in and out, and keeping watch over the quiet ones."""
